/** R4: why somebody could coordinate the next meeting. */
export const coordinators = {
  'stage.newcomer': '還沒有觀摩過會議',
  'stage.observer': '正在觀摩',
  'stage.coHost': '可以協調會議',
  'stage.host': '可以主持會議',
  noLoad: '目前沒有負責協調的會議',
  load: '目前協調 {count} 場未結束的會議',
  never: '最近兩年沒有協調過',
  last: '上次協調是 {date}',
  observeFirst: '建議先再觀摩 {count} 場',
};
