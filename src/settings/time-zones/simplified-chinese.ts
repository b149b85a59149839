/** Traditional characters with their simplified forms, as far as place names use them. */
const PAIRS = [
  '紐纽 約约 倫伦 舊旧 爾尔 濱滨 島岛 灣湾 臺台 慶庆 廣广 漢汉 門门 羅罗 馬马 聖圣 費费 華华',
  '頓顿 達达 蘭兰 亞亚 維维 納纳 魯鲁 貝贝 薩萨 蘇苏 澤泽 諾诺 國国 韓韩 錫锡 溫温 緬缅 東东',
  '寧宁 長长 連连 陽阳 濟济 鄭郑 龍龙 鹽盐 開开 鳳凤 奧奥 賓宾 內内 烏乌 齊齐 熱热 裡里 裏里',
  '聯联 賽赛 圖图 衛卫 剛刚 盧卢 幾几 萬万 務务 檳槟 凱凯 關关 湯汤 愛爱 時时 間间 區区 買买',
  '庫库 臘腊 岡冈 橋桥 瀋沈 無无 畢毕 繩绳 貢贡 銀银 陸陆 黃黄 撾挝 贊赞 廈厦 莊庄 韋韦 麥麦',
  '歷历 釐厘 發发 葉叶 峴岘 徹彻 滿满 靈灵 猶犹 磯矶 祕秘 窩窝 萊莱 讓让 諸诸 貴贵 賈贾 輔辅 邊边 邁迈',
  '遞递 鮮鲜 騷骚 劍剑 別别 敘叙 沖冲 紮扎 崑昆',
];

const SIMPLIFIED: ReadonlyMap<string, string> = new Map(
  PAIRS.flatMap((row) => row.split(' ').map(([traditional = '', simple = '']) => [traditional, simple])),
);

/** A place name in simplified characters. */
export const toSimplified = (name: string): string =>
  name.replace(/\p{sc=Han}/gu, (character) => SIMPLIFIED.get(character) ?? character);
