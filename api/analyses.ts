/** The analyses of a meeting (E12): state knows version and hash, the archive the text. */
import type { AnalysisContent } from '../archive/analyses.js';
import { floorOf } from '../domain/meeting/floor.js';
import type { Analysis, MeetingState } from '../domain/meeting/state.js';
import type { Api } from './context.js';

export interface WrittenAnalysis {
  analysis: Analysis;
  content: AnalysisContent;
}

export async function analysesOf(api: Api, state: MeetingState): Promise<WrittenAnalysis[]> {
  const { analyses } = floorOf(state);
  const hashes = analyses.map((a) => a.hash);
  const texts = await api.deps.archive.analyses.load(state.id, hashes);
  return analyses.flatMap((analysis) => {
    const content = texts[analysis.hash];
    return content === undefined ? [] : [{ analysis, content }];
  });
}
