/** Colours of grades: blue to orange, which eyes that confuse red and green tell apart, and that differ in lightness when printed grey. */
import type { Grade } from '../../checkup/model.ts';

export const GRADE_COLOURS: Readonly<Record<Grade, string>> = { 'very-good': '#4a90c4', good: '#a9cfe6', fair: '#f8d7a3', poor: '#e08a4f' };
export const NO_GRADE_COLOUR = '#e4e8ec';
export const SEVERITY_COLOURS = ['#fdf1dd', '#f8d7a3', '#f0b172', '#e08a4f', '#b85a24'] as const;
