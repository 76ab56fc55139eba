import type { templates as base } from '../zh-TW/templates.js';

/** P8: the templates that can be downloaded; an uploaded spreadsheet is known by these headings. */
export const templates: Record<keyof typeof base, string> = {
  'column.topic': 'Topic',
  'column.goal': 'Goal',
  'column.progress': 'Progress',
  'column.problem': 'Problem',
  'column.proposal': 'Proposal',
  'column.support': 'Support needed',
  'column.owner': 'Owner',
  'column.date': 'Date',
  'common.sheet': 'Common format',
  'common.title': 'Meeting material (common format)',
  'common.help': 'One row per topic. Please write facts, and whose support is needed for what.',
};
