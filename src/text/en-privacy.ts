/** What is kept about people, and how that ends. */
export const privacyTexts = {
  heading: 'What I know about you',
  kept: 'What I keep',
  /** Each with what it is for. */
  keeps: {
    chat: 'If posts come to you in private: the number of our chat, what you chose in the settings, and the numbers of my own messages there, so that I can correct them or take them back.',
    reader: 'Your language and your time zone, if you chose them.',
    places:
      'Which channels and groups you set up, so that nobody sets up too many, and so that I can tell you when I can no longer post there.',
    suggestions:
      'What you suggested to the author, with your number, so that an answer finds you. The author sees your words and a code, not who you are.',
  },
  notKept: 'What I do not keep',
  keepsNot: [
    'What you ask me or search for. Where a button needs your words again, they are kept for 90 days at most, under a code instead of your number.',
    'Your name, your picture, and whatever you write to others.',
  ],
  others:
    'Whoever runs me has a log in which numbers of chats appear when posts begin or end there. Discord and Telegram keep what they keep.',
  forget: 'Forget me',
  forgetme: {
    question: 'Shall I forget you?',
    goes: 'Then no more posts come to our private chat, and I lose what you chose, what you suggested, and that you set up channels or groups. These keep their posts. What of your suggestions has not reached the author is not sent any more, and nor is an answer to you.',
    sure: 'Yes, forget me',
    keep: 'What do you keep?',
    done: 'Done: I no longer know you. If the author blocked you, that stays, under a code. What I sent you stays with you until you delete our chat.',
    again: 'If you want posts again, you know the way:',
  },
};
