import { type Cases, OTHER } from './case.fixture.ts';

/** Languages and signs. */
export const scripts: Cases = {
  'chinese-missive': `早安书信：港口在等什么\n\n${'第一班渡轮准时离港，码头上没有人记得以前有过这种事。船上有十一个人，还有一只似乎拥有这条航线的狗。'.repeat(4)}\n\n粮食是另一回事。#港口`,
  'chinese-with-latin': '今天的SHFE铜价是¥78,900/吨（↑1.2%），详见https://prices.example/cu。明天再说！',
  'japanese-note':
    'おはようございます。ﾊﾝｶｸとカタカナ、「かぎ」と、が゛。\n第１便は８：００に出ました☀️ #港の朝',
  'korean-note': '첫 배가 제시간에 떠났다. 아무도 그런 일을 기억하지 못했다. #항구 ㅋㅋㅋ',
  'arabic-note': `صباح الخير يا nostr:${OTHER.npub}، الميناء هادئ اليوم. #الميناء\n\n١٢ سفينة في الانتظار.`,
  'hebrew-note': 'בוקר טוב מהנמל! 11 אנשים, כלב אחד (וגם "שלום"). #נמל\nhttps://harbour.example/boker',
  'persian-joiners': 'می‌خواهم و نمی‌دانم، کتاب‌ها روی میز است.',
  'directions-mixed':
    'He said “שלום 123” and then (مرحبا) – ABC אבג DEF.\n\u200fA mark of direction stays.\u200e',
  'directions-forced': 'invoice\u202excod.exe and \u2067turned\u2069 and \u202bembedded\u202c',
  'devanagari-and-thai': 'नमस्ते, बंदरगाह से क्षमा। สวัสดีตอนเช้าที่ท่าเรือ กำลังน้ำขึ้น',
  'vietnamese-in-pieces': 'Chào buổi sáng – Cha\u0300o buo\u0302\u0309i sa\u0301ng. Tiếng Việt #bến_cảng',
  'greek-and-cyrillic': 'Καλημέρα, ΣΑΣ ςσ. Доброе утро, ёжик! #утро #καλημέρα',
  'flags-and-skins': '🇩🇪🇯🇵🏴󠁧󠁢󠁷󠁬󠁳󠁿🏳️‍🌈 👋🏻👋🏼👋🏽👋🏾👋🏿 🧑🏿‍🤝‍🧑🏻 👩‍❤️‍💋‍👨 1️⃣2️⃣🔟 ©️™️',
  'emoji-in-hundreds': '👩🏽‍🚀👨‍👩‍👧‍👦🇩🇪'.repeat(220),
  'signs-of-mathematics': '𝔉𝔬𝔤 ∑ᵢ xᵢ² ≤ ½ · 3 × 10⁸ m/s ⇒ ∀ε>0 ∃δ 𝒯',
  'zero-width-in-words': 'un\u200bbroken, no\u2060where, \ufefffirst, soft\u00adly, tag\u{e0041}ged',
  'content-invisible': '\u200b\u2060\ufeff\u00ad\u202e',
};
