// Dates as people type them in a query.

/** The time `count` units before `now`. A day that its month does not have becomes the last day of the month. */
function timeBefore(now, count, unit) {
  const time = new Date(now), date = time.getDate();
  switch (unit) {
    case "h": return now - count * 3_600_000;
    case "d": return time.setDate(date - count);
    case "w": return time.setDate(date - 7 * count);
    default:
      time.setMonth(time.getMonth() - count * (unit === "y" ? 12 : 1));
      return time.getDate() === date ? time.getTime() : time.setDate(0);
  }
}

/** A year, month, day, minute, second or age in local time, as milliseconds from its start to its end, or null. */
export function readDate(text, now = Date.now()) {
  const today = new Date(now);
  today.setHours(0, 0, 0, 0);
  const dayAfter = (days) => new Date(today.getFullYear(), today.getMonth(), today.getDate() + days).getTime();
  if (text === "today") return { from: today.getTime(), after: dayAfter(1) };
  if (text === "yesterday") return { from: dayAfter(-1), after: today.getTime() };
  const age = /^(\d{1,6})([hdwmy])$/.exec(text);
  if (age) {
    const count = Number(age[1]);
    if (count < 1 || count > 100_000) return null;
    const start = timeBefore(now, count, age[2]);
    return { from: start, after: start, isAge: true };
  }
  const found = /^(\d{4})(?:-(\d{1,2})(?:-(\d{1,2})(?:[t ](\d\d):(\d\d)(?::(\d\d))?)?)?)?$/.exec(text);
  if (!found) return null;
  const given = found.slice(1).filter((part) => part !== undefined).map(Number);
  const [year, month = 1, date = 1, ...time] = given;
  if (year < 1 || month < 1 || month > 12 || date < 1 || date > new Date(year, month, 0).getDate()) return null;
  if (time.some((part, index) => part > (index ? 59 : 23))) return null;
  const start = ([year, month = 1, date = 1, ...time]) => {
    const moment = new Date(year, month - 1, date, ...time);
    // The years 1 to 99 are read as 1901 to 1999, which have the same days.
    return year < 100 ? moment.setFullYear(moment.getFullYear() - 1900) : moment.getTime();
  };
  return { from: start(given), after: start([...given.slice(0, -1), given.at(-1) + 1]) };
}
