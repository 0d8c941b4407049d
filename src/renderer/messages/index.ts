import type { Language } from '../../core/errors';
import { en, type Messages } from './en';
import { ko } from './ko';

export type { Messages };
export const messages: Record<Language, Messages> = { en, ko };
export const languageNames: Record<Language, string> = { en: 'English', ko: '한국어' };
