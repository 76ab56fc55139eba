/** P8: the templates that can be downloaded; an uploaded spreadsheet is known by these headings. */
export const templates = {
  'column.topic': '議題',
  'column.goal': '目標',
  'column.progress': '進度',
  'column.problem': '問題',
  'column.proposal': '提案',
  'column.support': '所需支援',
  'column.owner': '負責人',
  'column.date': '日期',
  'common.sheet': '共同格式',
  'common.title': '會議資料（共同格式）',
  'common.help': '每個議題一列。請寫事實，並說明需要誰的什麼支援。',
};
