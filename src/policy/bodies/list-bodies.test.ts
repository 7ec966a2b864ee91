import { describe, expect, it } from 'vitest';
import { readPolicy } from '../read-policy.ts';

const namesIn = (text: string): string[] => readPolicy(`云滨区方案\n一、要求\n${text}\n二、保障\n抓好落实。\n`).bodies.map(({ name }) => name);

describe('names of bodies', () => {
  it('keep 乡 and 镇 apart from 街道', () => {
    expect(namesIn('乡人民政府要负责登记，镇人民政府要负责核对。')).toEqual(['乡人民政府', '镇人民政府']);
  });
  it.each(['按照', '落实', '提请', '配合'])('have no region %s before the body', (word) => {
    expect(namesIn(`${word}区政府部署，各街道要开展排查。`)).toEqual(['区人民政府', '各街道']);
  });
  it('keep a region that is one', () => {
    expect(namesIn('江口区政府要开展排查。')).toEqual(['江口区人民政府']);
  });
});
