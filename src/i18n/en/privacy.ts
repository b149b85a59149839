/** What is stored about people, and how to have it deleted. */
export const privacyTexts = {
  heading: 'Your privacy',
  kept: 'What I keep',
  /** Each with its purpose. */
  keeps: {
    chat: "If you get posts in a private chat: the chat's ID, your settings, and the IDs of my messages there – so I can edit or delete them.",
    reader: 'Your language and time zone, if you set them.',
    places:
      "The channels and groups you set up – to enforce a limit, and to let you know if I can't post there any more.",
    suggestions:
      'Your suggestions, with your user ID, so a reply can reach you. The author sees your text and a code – not who you are.',
  },
  notKept: "What I don't keep",
  keepsNot: [
    'Your commands and searches. If a button needs your search text again, it is stored for up to 90 days, under a code instead of your user ID.',
    'Your name, your avatar, or anything you write to other people.',
  ],
  others:
    'The person running this bot has a log that shows chat IDs when a subscription starts or ends. Discord and Telegram have their own policies.',
  forget: 'Delete my data',
  forgetme: {
    question: 'Delete your data?',
    goes: "You'll stop getting posts in our private chat, and I'll delete your settings, your suggestions and the record of what you set up. Suggestions that haven't reached the author yet won't be sent, and neither will replies to you. Channels and groups you set up keep getting posts.",
    sure: 'Yes, delete',
    keep: "What's stored?",
    cancel: 'Cancel',
    cancelled: 'Cancelled – nothing was deleted.',
    done: 'Done – your data is deleted. If the author blocked you, that stays, under a code. Messages I already sent stay in our chat until you delete it.',
    again: 'To get posts again: /subscribe',
  },
};
