/** Mails to who presents or prepares something without being invited (P3, P8). */
export const preparing = {
  materials: '這場會議請您準備資料，期限 {due}：{titles}。您不在受邀名單上，不必出席。',
  presents: '這場會議請您報告：{topics}。您不在受邀名單上；請在輪到議題時出席，若需要全程參加，請與主持人聯絡。',
  also: '另請準備資料，期限 {due}：{titles}。',
  changed: '請您準備的內容或時間有異動，以下是目前的安排。',
  late: '還沒有收到您的資料：{titles}（期限 {due}）。請儘快上傳，讓出席人會前讀得到。',
  cancelled: '會議已取消，您不必再為這場會議準備。',
  calledOff: '中斷的會議不再繼續，您不必再為這場會議準備。',
  nothing: '議程已調整，您不必再為這場會議準備。',
  topics: '請您報告的議題',
  contact: '有疑問請與主持人 {host} 聯絡。',
};
