/** The backlog as the archive keeps it; test/archive/backlog.test.ts holds the two against each other. */
import type { BacklogTopic, TakenTopic } from '../../domain/meeting/effects.js';

interface Row {
  topic: TakenTopic;
  at: number;
  takenBy?: string;
}

export class Backlog {
  readonly rows = new Map<string, Row>();
  /** Meetings that have given everything back, and when. */
  private readonly ended = new Map<string, number>();

  put(meeting: string, at: number, topics: BacklogTopic[], ended?: { done: string[] }): void {
    if (this.isOver(meeting, at)) return;
    for (const topic of topics) {
      const row = this.rows.get(topic.topicId);
      const may = row === undefined || row.takenBy === meeting || (row.takenBy === undefined && row.at <= at);
      if (may) this.rows.set(topic.topicId, { topic: { ...topic, from: meeting }, at });
    }
    if (ended === undefined) return;
    for (const [id, row] of this.rows) {
      if (row.takenBy !== meeting) continue;
      if (ended.done.includes(id)) this.rows.delete(id);
      else delete row.takenBy;
    }
    this.ended.set(meeting, Math.max(at, this.ended.get(meeting) ?? 0));
  }

  take(
    meeting: string,
    at: number,
    { seriesId, topicIds, except }: { seriesId?: string | undefined; topicIds: string[]; except: string[] },
  ): TakenTopic[] {
    if (this.isOver(meeting, at)) return [];
    for (const [id, row] of this.rows) {
      const wanted = (row.topic.seriesId !== undefined && row.topic.seriesId === seriesId) || topicIds.includes(id);
      if (wanted && row.takenBy === undefined && !except.includes(id)) row.takenBy = meeting;
    }
    return [...this.rows.values()].filter((r) => r.takenBy === meeting).map((r) => r.topic);
  }

  /** M3: takes back what waits, whoever left it there last; returns what is another meeting's by now, or settled. */
  withdraw(meeting: string, topics: string[]): string[] {
    return topics.filter((id) => {
      const row = this.rows.get(id);
      if (row !== undefined) row.takenBy ??= meeting;
      return row?.takenBy !== meeting;
    });
  }

  isWaiting(id: string): boolean {
    const row = this.rows.get(id);
    return row !== undefined && row.takenBy === undefined;
  }

  private isOver(meeting: string, at: number): boolean {
    return (this.ended.get(meeting) ?? -1) >= at;
  }
}
