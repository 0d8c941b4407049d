export function sentencesTable(count?: number): string;
export function reviewsTable(count?: number): string;
