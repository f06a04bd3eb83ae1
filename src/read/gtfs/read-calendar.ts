import type { FeedSource } from './feed-source.ts';
import type { ServiceDays } from './feed-tables.ts';
import { parseDate, weekday } from './fields.ts';
import type { GroupedFaults } from './grouped-faults.ts';
import { field, readTable, type TableCount } from './table-reader.ts';

const DAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;
const CALENDAR = { file: 'calendar.txt', required: ['service_id', ...DAYS, 'start_date', 'end_date'], optional: [] } as const;
const DATES = { file: 'calendar_dates.txt', required: ['service_id', 'date', 'exception_type'], optional: [] } as const;

/** 1970 to 2100, a common way to say "always", lies within. */
const MOST_DAYS = 100_000;

/** Stands for services that calendar_dates.txt alone names. */
const NEVER = { weekdays: 0, first: 0, last: -1 };

/** Services by id, of calendar.txt, calendar_dates.txt or both. */
export async function readCalendar(
  source: FeedSource,
  faults: GroupedFaults,
): Promise<{ services: Map<string, ServiceDays>; counts: (TableCount | null)[] }> {
  const services = new Map<string, ServiceDays>();
  const calendar = await readTable(source, CALENDAR, faults, (columns) => (record, line) => {
    const text = (column: number) => field(record, column);
    const id = text(columns.service_id);
    if (id === '' || services.has(id)) {
      faults.error(id === '' ? 'missing-value' : 'duplicate-id', CALENDAR.file, line, 'service_id', id, 'an id of its own');
      return false;
    }
    const badDay = DAYS.find((day) => !['0', '1'].includes(text(columns[day])));
    if (badDay) {
      faults.error('bad-value', CALENDAR.file, line, badDay, text(columns[badDay]), '0 or 1');
      return false;
    }
    const span = readSpan(text(columns.start_date), text(columns.end_date), line, faults);
    if (!span) return false;
    const weekdays = DAYS.reduce((bits, day, index) => bits | (Number(text(columns[day])) << index), 0);
    services.set(id, { weekdays, ...span, added: new Set(), removed: new Set() });
    return true;
  });
  const dates = await readTable(source, DATES, faults, (columns) => (record, line) => {
    const text = (column: number) => field(record, column);
    const id = text(columns.service_id);
    const day = parseDate(text(columns.date));
    const type = text(columns.exception_type);
    if (id === '' || day === null || !['1', '2'].includes(type)) {
      const property = id === '' ? 'service_id' : day === null ? 'date' : 'exception_type';
      faults.error(
        'bad-value',
        DATES.file,
        line,
        property,
        text(columns[property]),
        'a service, a date YYYYMMDD, and 1 (added) or 2 (removed)',
      );
      return false;
    }
    const service = services.get(id) ?? { ...NEVER, added: new Set<number>(), removed: new Set<number>() };
    services.set(id, service);
    (type === '1' ? service.added : service.removed).add(day);
    return true;
  });
  return { services, counts: [calendar, dates] };
}

function readSpan(start: string, end: string, line: number, faults: GroupedFaults): { first: number; last: number } | null {
  const [first, last] = [parseDate(start), parseDate(end)];
  if (first !== null && last !== null && last >= first && last - first <= MOST_DAYS) return { first, last };
  const [property, found] = first === null ? ['start_date', start] : ['end_date', end];
  const expected = `a date YYYYMMDD, the end not before the start nor ${MOST_DAYS} days after it`;
  faults.error('bad-value', CALENDAR.file, line, property, found, expected);
  return null;
}

/** Whether a service runs on a day. */
export function runsOn(service: ServiceDays, day: number): boolean {
  if (service.added.has(day)) return true;
  if (service.removed.has(day)) return false;
  return day >= service.first && day <= service.last && (service.weekdays & (1 << weekday(day))) !== 0;
}
