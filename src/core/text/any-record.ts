import type { LabelledRecord } from './labelled/record';
import type { TextRecord } from './record';

/** A run on texts, of any kind. */
export type AnyTextRecord = TextRecord | LabelledRecord;
export const isLanguage = (record: AnyTextRecord): record is TextRecord => record.kind === 'language';
export const isLabelled = (record: AnyTextRecord): record is LabelledRecord => record.kind !== 'language';
