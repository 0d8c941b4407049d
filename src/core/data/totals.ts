/** First words of rows that sum a table up, in the languages exports come in. */
const totals =
  /^(?:grand\s+|sub)?totals?\b|^sum\b|^average\b|^avg\b|^mean\b|^(?:min|max|minimum|maximum|median|std(?:ev|\.?\s*dev\.?)?|count)$|^(?:총?\s?합\s?계|총계|소계|누계|계|평균값?|최고값?|최저값?|최대값?|최소값?|중앙값|표준편차)$|^(?:summe|gesamt|insgesamt|durchschnitt|mittelwert|saldo\s*final|kontostand|(?:alter|neuer|end)\s*(?:kontostand|saldo))\b|^(?:m[eé]dia|promedio|soma|suma|moyenne)\b|^(?:合計|総計|小計|平均|合计|总计|小计)$/i;

export const isTotal = (cell: string) => totals.test(cell.trim());
