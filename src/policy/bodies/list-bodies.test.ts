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
  // The word at the end says what kind of organ it is; whole words are a name of their own; what took over only a part is no successor.
  it.each([
    ['市发改局', '市发展和改革局'], ['区教体局', '区教体局'], ['市教委', '市教育委员会'], ['市经信局', '市经济和信息化局'], ['市自然资源局', '市自然资源局'], ['县水利局', '县水利局'], ['区行政审批局', '区行政审批局'], ['市房管局', '市房管局'],
    ['县疾控中心', '县疾病预防控制中心'], ['县疾控局', '县疾病预防控制局'], ['市交通委', '市交通委'], ['州住建局', '州住房和城乡建设局'], ['自治区住房城乡建设厅', '自治区住房和城乡建设厅'], ['县公安局', '县公安局'], ['县交警大队', '县公安局交警大队'],
    ['市中院', '市中级人民法院'], ['区法院', '区人民法院'], ['市监委', '市监察委员会'], ['市工商局', '市市场监督管理局'], ['市食药监局', '市食药监局'], ['市城投公司', '市城投公司'], ['督查室', '督查室'], ['区建设管理委', '区建设管理委'],
    ['市消安办', '市消防安全委员会办公室'], ['市消安委', '市消防安全委员会'], ['区自然资源和规划分局', '区自然资源和规划分局'], ['街道办事处', '街道办事处'], ['区人大及其常委会', '区人大及其常委会'],
    ['县政府政务督查室', '县政府政务督查室'], ['区委区政府督查室', '区委区政府督查室'], ['市政协办公室', '市政协办公室'],
  ])('%s is %s, no more', (said, name) => {
    expect(namesIn(`${said}要负责登记。`)).toEqual([name]);
  });
  it.each([
    ['泾县人民政府', '住建局', '泾县住房和城乡建设局'], ['泾县人民政府', '公安局', '泾县公安局'], ['泾县人民政府', '区财政局', '区财政局'], ['凉山州人民政府', '水务局', '凉山州水务局'], ['江西省人民政府', '省自然资源厅', '江西省自然资源厅'],
    ['江西省人民政府', '住建部门', '住建部门'], ['江口市人民政府', '住建部门', '江口市住房和城乡建设局'], ['江口区人民政府', '市财政局', '市财政局'],
  ])('of %s: %s is %s', (issuer, said, name) => {
    const text = `${issuer}关于抓好登记工作的通知\n一、要求\n${said}要负责登记。\n二、保障\n抓好落实。\n`;
    expect(readPolicy(text).bodies.map((body) => body.name).filter((one) => !one.endsWith('人民政府'))).toEqual([name]);
  });
  it('of two firms or two sub-districts stay two', () => {
    expect(namesIn('市城投集团、市城建集团要负责登记，和平街道要核对，东桥街道要公布。')).toEqual(['市城投集团', '市城建集团', '和平街道办事处', '东桥街道办事处']);
  });
  it('in a text of 县住建局 are those of a county where it is left out', () => {
    expect(readPolicy('关于登记工作的方案\n一、要求\n县住建局、县财政局要负责登记，县政府督促，水务局配合。\n二、保障\n抓好落实。\n', { level: 'district' }).bodies.map(({ name }) => name)).toContain('县水务局');
  });
  it('take the name in full where the text gives it', () => {
    expect(namesIn('市城管局要负责登记，市城市管理综合执法局要负责核对。')).toEqual(['市城市管理综合执法局']);
  });
  it('take the name of a city that ends with 城 whole, and no verb for a region', () => {
    expect(namesIn('江城市人民政府要公布名单，各街道要做好县疾控中心交办的登记。')).toEqual(['江城市人民政府', '各街道', '县疾病预防控制中心']);
  });
  it('keep a region that is one', () => {
    expect(namesIn('江口区政府要开展排查。')).toEqual(['江口区人民政府']);
  });
});
