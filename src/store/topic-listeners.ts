import type { Database, Topic } from './database.ts';

/** Who watches what: `Database.watch` of every engine. */
export interface TopicListeners extends Pick<Database, 'watch'> {
  /** Calls those who watch the topic. */
  call(topic: Topic): void;
  /** Calls everybody. */
  callAll(): void;
}

export function createTopicListeners(): TopicListeners {
  const byTopic = new Map<Topic, Set<() => void>>();
  const call = (topic: Topic): void => byTopic.get(topic)?.forEach((listener) => listener());
  return {
    call,
    callAll: () => [...byTopic.keys()].forEach(call),
    watch(topic, listener) {
      const listeners = byTopic.get(topic) ?? new Set();
      byTopic.set(topic, listeners.add(listener));
      return () => void listeners.delete(listener);
    },
  };
}
