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
  it.each([
    ['国务院办公厅', '国务院办公厅'], ['中办', '中共中央办公厅'], ['北京市人民政府办公厅', '北京市人民政府办公厅'], ['市政府办', '市人民政府办公室'], ['团市委', '共青团市委'], ['区生态环境分局', '区生态环境分局'],
    ['市公安局', '市公安局'], ['区政府督查室', '区政府督查室'], ['市委督查室', '市委督查室'], ['区交警大队', '区公安分局交警大队'], ['成都市规划和自然资源局', '成都市规划和自然资源局'],
    ['市自规局', '市自然资源和规划局'], ['市城市管理综合执法局', '市城市管理综合执法局'], ['市城管局', '市城市管理局'], ['市纪委监委', '市纪委监委'], ['市纪委', '市纪律检查委员会'],
    ['市国土局', '市自然资源和规划局'], ['区卫计局', '区卫生健康局'], ['省发改委', '省发展和改革委员会'],
  ])('%s is %s', (said, name) => {
    expect(namesIn(`${said}要负责登记。`)).toEqual([name]);
  });
  it('take the name in full where the text gives it', () => {
    expect(namesIn('市城管局要负责登记，市城市管理综合执法局要负责核对。')).toEqual(['市城市管理综合执法局']);
  });
  it('take the name of a city that ends with 城 whole, and no verb for a region', () => {
    expect(namesIn('江城市人民政府要公布名单，各街道要做好县疾控中心交办的登记。')).toEqual(['江城市人民政府', '各街道', '县疾病预防控制局']);
  });
  it('keep a region that is one', () => {
    expect(namesIn('江口区政府要开展排查。')).toEqual(['江口区人民政府']);
  });
});
