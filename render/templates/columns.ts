/** P8: the common format in which every department reports; headings are words of each language (`templates.column.*`). */
export const commonColumns = ['topic', 'goal', 'progress', 'problem', 'proposal', 'support', 'owner', 'date'] as const;
export type ColumnCode = (typeof commonColumns)[number];
