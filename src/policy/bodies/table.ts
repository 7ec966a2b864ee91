/**
 * Bodies that Chinese policy texts give work to: organs, commissions, bureaux, party bodies, courts, mass organisations, with the short forms
 * and the names they had before. One row per body: what it is called at each level (the level's own word, 省 市 区 县, stands before it and is
 * not part of the name), and every form it is written in.
 *
 * Names follow the institutional reforms of 2018 and 2023–2024; former names lead to the body that
 * took their work over where it took the whole; else, and where cities choose a name of their own (教育体育局, 行政审批局), the name stays as printed.
 */
import type { PolicyBody } from '../model.ts';
import { wordList } from '../words/word-matcher.ts';

export type BodyType = PolicyBody['type'];

export interface BodyEntry {
  readonly id: string;
  readonly type: BodyType;
  /** Full name at national level with 国家 or 中华人民共和国 left as it is usual; null where there is none. */
  readonly national: string | null;
  /** Name after 省/自治区. */
  readonly province: string;
  /** Name after 市. */
  readonly city: string;
  /** Name after 区/县. */
  readonly district: string;
  /** Forms met in texts, without region and level. */
  readonly forms: readonly string[];
}

/** Stem × ending: `join('发改 发展改革', '委 局')` → 发改委 发改局 发展改革委 发展改革局. */
function join(stems: string, endings: string): string[] {
  return wordList(stems).flatMap((stem) => wordList(endings).map((ending) => stem + ending));
}

const OFFICE = '部 厅 局 部门 主管部门 行政主管部门 行政部门';
const BOARD = '委 委员会 局 厅 部门 主管部门 行政部门';

/** 自然资源和规划局 → 自然资源和规划分局 */
const hasBranches = (form: string): boolean => form.endsWith('局') && !/^国家|总局$|分局$/u.test(form);

function department(id: string, names: { national?: string; province?: string; city: string; district?: string }, ...forms: string[][]): BodyEntry {
  const { national = null, city, province = city.replace(/局$/u, '厅'), district = city } = names;
  const own = [city, province, district, national ?? city].filter((name) => name !== '');
  const all = [...own, ...forms.flat()];
  return { id, type: 'department', national, province, city, district, forms: [...new Set([...all, ...all.filter(hasBranches).map((form) => form.replace(/局$/u, '分局'))])] };
}

function other(type: BodyType, id: string, name: string, forms = '', national: string | null = null): BodyEntry {
  return { id, type, national, province: name, city: name, district: name, forms: [...new Set([name, ...(national ? [national] : []), ...wordList(forms)])] };
}

/** One row for each of names that stay as they are printed. */
function asPrinted(type: BodyType, names: readonly string[]): BodyEntry[] {
  return names.map((name) => ({ id: name, type, national: null, province: name, city: name, district: name, forms: [name] }));
}

export const BODY_TABLE: readonly BodyEntry[] = [
  // Departments of government
  department('development-reform', { national: '国家发展和改革委员会', city: '发展和改革委员会', district: '发展和改革局' },
    join('发改 发展改革 发展和改革 发展与改革', BOARD), wordList('国家发改委 国家发展改革委 国家计委 计委')),
  department('housing-construction', { national: '住房和城乡建设部', city: '住房和城乡建设局' },
    join('住建 住房城乡建设 住房和城乡建设', '厅 局 委 委员会'), join('住建 住房城乡建设 住房和城乡建设', '部 部门 主管部门 行政主管部门')),
  department('natural-resources-planning', { national: '自然资源部', city: '自然资源和规划局', province: '自然资源厅' },
    join('资规 自规 自然资源 自然资源和规划 自然资源规划 规划和自然资源 规自 规资 国土资源 规划资源', OFFICE), wordList('规划局 规划部门 国土局 国土部门 规划自然资源局')),
  department('urban-management', { city: '城市管理局', province: '住房和城乡建设厅' },
    wordList('城管局 城管委 城管部门 城市管理委员会 城市管理委 城市管理部门 城市管理主管部门 城市管理执法局 城市管理行政执法局 城市管理和综合执法局 城市管理综合执法局 城市管理综合行政执法局')),
  department('municipal-works', { city: '市政管理局', province: '住房和城乡建设厅' }),
  department('landscape-forestry', { national: '国家林业和草原局', city: '园林绿化局', province: '林业和草原局' },
    wordList('园林绿化部门 林草局')),
  department('emergency-management', { national: '应急管理部', city: '应急管理局' }, join('应急 应急管理', '厅 局 部门'), wordList('应急管理部门')),
  department('fire-rescue', { national: '国家消防救援局', city: '消防救援支队', province: '消防救援总队', district: '消防救援大队' },
    wordList('消防支队 消防总队 消防大队 消防部门 消防救援部门 消防救援局 消防救援机构 消防机构')),
  department('industry-information', { national: '工业和信息化部', city: '工业和信息化局' },
    join('工信 工业和信息化 工业信息化 经信 经济和信息化', '部 厅 局 委 委员会 部门 主管部门'), wordList('工信委')),
  department('finance', { national: '财政部', city: '财政局' }, wordList('财政厅 财政部门 中央财政 财政')),
  department('tax', { national: '国家税务总局', city: '税务局', province: '税务局' }, wordList('税务总局 税务部门 国税局 地税局')),
  department('education', { national: '教育部', city: '教育局' }, wordList('教育厅 教育委员会 教委 教育部门 教育行政部门')),
  department('science-technology', { national: '科学技术部', city: '科学技术局' }, join('科技 科学技术', OFFICE), wordList('科技委 科委 科学技术委员会')),
  department('civil-affairs', { national: '民政部', city: '民政局' }, wordList('民政厅 民政部门')),
  department('public-security', { national: '公安部', city: '公安局', district: '公安分局' }, wordList('公安厅 公安部门 公安机关')),
  department('traffic-police', { city: '公安局交警支队', province: '公安厅交警总队', district: '公安分局交警大队' }, wordList('交警支队 交警大队 交警总队 交警部门 公安交管部门 公安交警部门 公安交警支队 交警')),
  department('justice', { national: '司法部', city: '司法局' }, wordList('司法厅 司法部门 司法行政部门')),
  department('human-resources-social-security', { national: '人力资源和社会保障部', city: '人力资源和社会保障局' },
    join('人社 人力资源社会保障 人力资源和社会保障 人力社保', OFFICE)),
  department('health', { national: '国家卫生健康委员会', city: '卫生健康委员会', district: '卫生健康局' },
    join('卫健 卫生健康 卫生计生 卫计', BOARD), wordList('国家卫健委 国家卫生健康委 卫生局 卫生部门')),
  department('disease-control', { national: '国家疾病预防控制局', city: '疾病预防控制局', province: '疾病预防控制局' }, wordList('疾控局 国家疾控局 疾控部门')),
  department('disease-control-centre', { national: '中国疾病预防控制中心', city: '疾病预防控制中心', province: '疾病预防控制中心' }, wordList('疾控中心')),
  department('medical-insurance', { national: '国家医疗保障局', city: '医疗保障局', province: '医疗保障局' }, wordList('医保局 国家医保局 医保部门 医疗保障部门')),
  department('ecology-environment', { national: '生态环境部', city: '生态环境局' }, join('生态环境 环境保护 环保', '厅 局 部门'), wordList('生态环境主管部门 环保部')),
  department('transport', { national: '交通运输部', city: '交通运输局' }, join('交通 交通运输', '厅 局 部门'), wordList('交通运输委 交通运输委员会'), wordList('交通部 交通运输主管部门')),
  department('water', { national: '水利部', city: '水务局', province: '水利厅' }, wordList('水务部门')),
  department('agriculture-rural', { national: '农业农村部', city: '农业农村局' }, join('农业农村 农业', '厅 局 部门'), wordList('农业农村委 农业农村委员会'), wordList('农业农村主管部门 乡村振兴局 国家乡村振兴局')),
  department('commerce', { national: '商务部', city: '商务局' }, wordList('商务厅 商务委 商务委员会 商务部门 商务主管部门')),
  department('culture-tourism', { national: '文化和旅游部', city: '文化和旅游局' },
    join('文旅 文化和旅游 文化旅游', '厅 局 委 部门'), wordList('文化旅游部')),
  department('cultural-heritage', { national: '国家文物局', city: '文物局', province: '文物局' }, wordList('文物部门 文物主管部门 文物行政部门 文保部门')),
  department('radio-television', { national: '国家广播电视总局', city: '广播电视局', province: '广播电视局' }, wordList('广电局 广电总局')),
  department('sport', { national: '国家体育总局', city: '体育局', province: '体育局' }, wordList('体育总局 体育部门')),
  department('market-regulation', { national: '国家市场监督管理总局', city: '市场监督管理局', province: '市场监督管理局' },
    wordList('市场监管局 市监局 市场监管总局 市场监管部门 市场监督管理部门 市场监管厅 市场监管委 工商局')),
  department('state-assets', { national: '国务院国有资产监督管理委员会', city: '国有资产监督管理委员会', district: '国有资产监督管理局' },
    wordList('国资委 国资局 国资监管部门 国资部门 国务院国资委')),
  department('statistics', { national: '国家统计局', city: '统计局', province: '统计局' }, wordList('统计部门')),
  department('audit', { national: '审计署', city: '审计局' }, wordList('审计厅 审计部门 审计机关')),
  department('foreign-affairs', { national: '外交部', city: '外事办公室', province: '外事办公室' }, wordList('外事办 外办 外事部门')),
  department('veterans', { national: '退役军人事务部', city: '退役军人事务局' }, wordList('退役军人局 退役军人事务厅 退役军人部门')),
  department('ethnic-religious', { national: '国家民族事务委员会', city: '民族宗教事务局', province: '民族宗教事务委员会' }, wordList('民宗局 民宗委 民族宗教局 国家民委 民委')),
  department('petition', { national: '国家信访局', city: '信访局', province: '信访局' }, wordList('信访部门')),
  department('government-services-data', { national: '国家数据局', city: '数据局', province: '数据局' },
    wordList('数据部门')),
  department('city-operation-centre', { city: '城市运行管理中心', province: '城市运行管理中心' }, wordList('城运中心 城市运行中心 城市运行管理服务中心')),
  department('local-finance', { national: '国家金融监督管理总局', city: '地方金融监督管理局', province: '地方金融监督管理局' },
    wordList('金融监管总局 金融办 地方金融监管局')),
  department('people-bank', { national: '中国人民银行', city: '人民银行', province: '人民银行' }, wordList('人行 央行 中国人民银行分行 人民银行市分行 人民银行分行')),
  department('securities', { national: '中国证券监督管理委员会', city: '证监局', province: '证监局' }, wordList('证监会 中国证监会')),
  department('investment-promotion', { city: '投资促进局', province: '投资促进局' }, wordList('投促局 投资促进部门')),
  department('housing-fund', { city: '住房公积金管理中心', province: '住房公积金管理中心' }, wordList('公积金中心 住房公积金中心 公积金管理中心')),
  department('civil-air-defence', { city: '人民防空办公室', province: '人民防空办公室' }, wordList('人防办 人防部门')),
  department('meteorology', { national: '中国气象局', city: '气象局', province: '气象局' }, wordList('气象部门')),
  department('earthquake', { national: '中国地震局', city: '地震局', province: '地震局' }, wordList('地震部门')),
  department('communications', { city: '通信管理局', province: '通信管理局' }, wordList('通管局 通信管理部门')),
  department('post', { national: '国家邮政局', city: '邮政管理局', province: '邮政管理局' }, wordList('邮政部门')),
  department('energy', { national: '国家能源局', city: '能源局', province: '能源局' }, wordList('能源部门 能源主管部门')),
  department('grain-reserves', { national: '国家粮食和物资储备局', city: '粮食和物资储备局', province: '粮食和物资储备局' }, wordList('粮食局 国家粮食和储备局 粮食部门')),
  department('drug-regulation', { national: '国家药品监督管理局', city: '药品监督管理局', province: '药品监督管理局' }, wordList('药监局 国家药监局 药监部门')),
  department('intellectual-property', { national: '国家知识产权局', city: '知识产权局', province: '知识产权局' }, wordList('知识产权部门')),
  department('customs', { national: '海关总署', city: '海关', province: '海关' }, wordList('海关部门')),
  department('development-research', { national: '国务院发展研究中心', city: '人民政府研究室', province: '人民政府研究室' }, wordList('政府研究室')),
  department('ports', { city: '口岸与物流办公室', province: '口岸与物流办公室' }),
  department('new-economy', { city: '新经济发展委员会', province: '新经济发展委员会' }, wordList('新经济委')),
  department('urban-renewal', { city: '城市更新局', province: '城市更新局' }, wordList('更新局')),
  department('archives', { national: '国家档案局', city: '档案局', province: '档案局' }, wordList('档案部门')),
  department('offices-administration', { city: '机关事务管理局', province: '机关事务管理局' }, wordList('机关事务局')),
  department('law-enforcement-integrated', { city: '综合行政执法局', province: '综合行政执法局' }),

  department('work-safety-committee', { national: '国务院安全生产委员会', city: '安全生产委员会', province: '安全生产委员会' }, wordList('安委会 国务院安委会')),
  department('work-safety-office', { national: '国务院安全生产委员会办公室', city: '安全生产委员会办公室', province: '安全生产委员会办公室' }, wordList('安委办 安委会办公室 国务院安委办')),
  department('flood-control', { national: '国家防汛抗旱总指挥部', city: '防汛抗旱指挥部', province: '防汛抗旱指挥部' }, wordList('防汛指挥部 国家防总 防指')),
  department('flood-control-office', { city: '防汛抗旱指挥部办公室', province: '防汛抗旱指挥部办公室' }, wordList('防指办 防指办公室')),

  department('food-safety-committee', { city: '食品安全委员会', province: '食品安全委员会' }, wordList('食安委')),
  department('food-safety-office', { city: '食品安全委员会办公室', province: '食品安全委员会办公室' }, wordList('食安办 食安委办')),
  department('fire-safety-committee', { city: '消防安全委员会', province: '消防安全委员会' }, wordList('消安委')),
  department('fire-safety-office', { city: '消防安全委员会办公室', province: '消防安全委员会办公室' }, wordList('消安办 消安委办')),
  department('road-safety-committee', { city: '道路交通安全委员会', province: '道路交通安全委员会' }, wordList('道安委')),
  department('road-safety-office', { city: '道路交通安全委员会办公室', province: '道路交通安全委员会办公室' }, wordList('道安办 道安委办')),
  department('disaster-reduction-committee', { city: '减灾委员会', province: '减灾委员会' }, wordList('减灾委')),
  department('disaster-reduction-office', { city: '减灾委员会办公室', province: '减灾委员会办公室' }, wordList('减灾办 减灾委办')),
  department('river-chief-office', { city: '河长制办公室', province: '河长制办公室' }, wordList('河长办')),
  department('river-lake-chief-office', { city: '河湖长制办公室', province: '河湖长制办公室' }, wordList('河湖长办')),
  department('forest-chief-office', { city: '林长制办公室', province: '林长制办公室' }, wordList('林长办')),
  department('drug-control', { city: '禁毒委员会办公室', province: '禁毒委员会办公室' }, wordList('禁毒办 禁毒委办')),
  department('drug-control-committee', { city: '禁毒委员会', province: '禁毒委员会' }, wordList('禁毒委')),
  department('ageing', { city: '老龄工作委员会办公室', province: '老龄工作委员会办公室' }, wordList('老龄办')),
  department('ageing-committee', { city: '老龄工作委员会', province: '老龄工作委员会' }, wordList('老龄委')),
  department('double-support', { city: '双拥工作领导小组办公室', province: '双拥工作领导小组办公室' }, wordList('双拥办')),
  department('chinese-medicine', { national: '国家中医药管理局', city: '中医药管理局', province: '中医药管理局' }, wordList('中医药局')),
  department('key-projects', { city: '重点项目办公室', province: '重点项目办公室' }),
  department('expropriation', { city: '房屋征收办公室', province: '房屋征收办公室' }, wordList('房屋征收办')),
  department('consumer-protection', { city: '消费者权益保护委员会', province: '消费者权益保护委员会' }, wordList('消保委 消委会')),

  // Party
  other('party', 'party-talent', '委人才工作领导小组办公室', '委人才办 人才办'),
  other('party', 'party-veteran-cadres', '委老干部局', '老干部局 老干部工作局 委老干局'),
  other('party', 'party-secrecy', '委保密委员会办公室', '委保密办'),
  other('party', 'party-inspection-tour', '委巡察工作领导小组办公室', '委巡察办 巡察办'),
  other('party', 'party-history', '委党史和地方志研究室', '委党史研究室 党史研究室 委党史办'),
  other('party', 'party-rural', '委农村工作领导小组办公室', '委农办'),
  other('party', 'party-rule-of-law', '委全面依法治市委员会办公室', '委依法治市办 依法治市办 委全面依法治市办'),
  other('party', 'party-organs-work', '直属机关工作委员会', '直机关工委 机关工委 直属机关工委 委直属机关工委'),
  other('party', 'taiwan-affairs', '委台湾工作办公室', '台办 委台办'),
  other('party', 'peace-building', '平安建设领导小组办公室', '平安办'),
  other('party', 'party-central', '党中央', '中共中央 中国共产党中央委员会', '党中央'),
  other('party', 'party-committee', '委', '委员会'),
  other('party', 'party-central-office', '中共中央办公厅', '中央办公厅 中办'),
  other('party', 'party-committee-office', '委办公室', '委办公厅 委办'),
  other('party', 'discipline-inspection', '纪律检查委员会', '纪委', '中央纪律检查委员会'),
  other('party', 'supervision-commission', '监察委员会', '监委 监察委', '国家监察委员会'),
  other('party', 'discipline-and-supervision', '纪委监委', '中央纪委国家监委 纪委国家监委'),
  other('party', 'party-organisation', '委组织部', '组织部 组织部门 中央组织部 中组部'),
  other('party', 'party-publicity', '委宣传部', '宣传部 宣传部门 中央宣传部 中宣部'),
  other('party', 'party-united-front', '委统战部', '统战部 统战部门 中央统战部'),
  other('party', 'party-politics-law', '委政法委员会', '委政法委 政法委 政法委员会 中央政法委'),
  other('party', 'party-society', '委社会工作部', '社会工作部 社工部 委社工部 社会工作部门 中央社会工作部'),
  other('party', 'community-governance', '委城乡社区发展治理委员会', '社治委 委社治委 城乡社区发展治理委员会'),
  other('party', 'party-institutions', '委机构编制委员会办公室', '委编办 编办 机构编制部门 中央编办'),
  other('party', 'party-reform', '委全面深化改革委员会', '深改委 委深改委'),
  other('party', 'party-reform-office', '委全面深化改革委员会办公室', '委改革办 改革办 深改办 委深改办'),
  other('party', 'cyberspace', '委网络安全和信息化委员会办公室', '委网信办 网信办 网信部门 中央网信办 国家网信办 国家互联网信息办公室'),
  other('party', 'civilisation-office', '精神文明建设委员会办公室', '文明办 委文明办 精神文明建设办公室 中央文明办'),
  other('party', 'civilisation-committee', '精神文明建设委员会', '文明委'),
  other('party', 'party-school', '委党校', '党校'),
  other('party', 'party-supervision-office', '委督查室', ''),
  other('party', 'party-working-committee', '党工委', '开发区党工委 街道党工委'),

  // Government as a whole
  other('government', 'state-council', '国务院', '', '国务院'),
  other('government', 'state-council-office', '国务院办公厅', '国办', '国务院办公厅'),
  other('government', 'government-supervision-office', '政府督查室', '人民政府督查室 政府督查办 政府督办室'),
  other('government', 'people-government', '人民政府', '政府'),
  other('government', 'government-office', '人民政府办公室', '政府办公室 政府办公厅 政府办 人民政府办公厅'),
  other('government', 'sub-district-office', '街道办事处', '街道办'),
  other('government', 'management-committee', '管理委员会', '管委会'),

  // Congress, consultative conference, courts
  other('congress', 'people-congress', '人大', '人民代表大会', '全国人民代表大会'),
  other('congress', 'people-congress-standing', '人大常委会', '人民代表大会常务委员会', '全国人大常委会'),
  other('cppcc', 'cppcc', '政协', '政治协商会议 人民政协 中国人民政治协商会议 政协委员会', '全国政协'),
  { id: 'court', type: 'court', national: '最高人民法院', province: '高级人民法院', city: '中级人民法院', district: '人民法院', forms: wordList('人民法院 法院 最高人民法院 中级人民法院 高级人民法院 中级法院 中院 高院') },
  other('court', 'procuratorate', '人民检察院', '检察院', '最高人民检察院'),

  // Mass organisations and organisations of residents
  other('organisation', 'mass-organisations', '群团组织', '工青妇 工青妇等群团组织 群团'),
  other('organisation', 'trade-union', '总工会', '工会 全国总工会'),
  other('organisation', 'youth-league', '共青团', '团市委 团省委 团区委 团县委 共青团市委 共青团省委 共青团区委 共青团县委 共青团中央 团中央 团委'),
  other('organisation', 'women-federation', '妇女联合会', '妇联 全国妇联'),
  other('organisation', 'disabled-federation', '残疾人联合会', '残联 中国残联'),
  other('organisation', 'science-association', '科学技术协会', '科协 中国科协'),
  other('organisation', 'industry-commerce-federation', '工商业联合会', '总商会 工商联 全国工商联'),
  other('organisation', 'charity', '慈善总会', ''),
  other('organisation', 'next-generation', '关心下一代工作委员会', '关工委'),
  other('organisation', 'returned-overseas', '归国华侨联合会', '侨联'),
  other('organisation', 'red-cross', '红十字会', ''),
  other('organisation', 'literary-federation', '文学艺术界联合会', '文联'),
  other('organisation', 'supply-marketing', '供销合作社', '供销社 供销合作总社'),
  other('organisation', 'residents-committee', '居民委员会', '居委会 社区居委会 社区居民委员会'),
  other('organisation', 'villagers-committee', '村民委员会', '村委会'),
  other('organisation', 'owners-committee', '业主委员会', '业委会'),
  other('organisation', 'community-party', '社区党组织', '村(社区)党组织 村（社区）党组织'),

  // Enterprises that cities give tasks to
  other('enterprise', 'urban-investment', '城市建设投资集团', '城投集团 城投公司 城建集团 城发集团 城市发展集团 城市建设投资公司 城市更新集团 城建公司 平台公司 政府平台公司 建投集团'),
  other('enterprise', 'power-company', '供电公司', '电力公司 国家电网 国网 供电局 电网公司'),
  other('enterprise', 'water-company', '水务集团', '自来水公司 水务公司 供水公司 供水企业 排水公司 供水集团'),
  other('enterprise', 'gas-company', '燃气公司', '燃气集团 燃气企业 燃气经营企业'),
  other('enterprise', 'heating-company', '热力公司', '供热公司 热力集团 供热企业 热电公司'),
  other('enterprise', 'bus-company', '公交集团', '公交公司 公交总公司'),
  other('enterprise', 'rail-company', '轨道交通集团', '轨道集团 地铁集团 地铁公司 轨道公司 轨道交通公司'),
  other('enterprise', 'telecom-operators', '通信运营企业', '电信运营商 通信运营商 中国电信 中国移动 中国联通 铁塔公司 中国铁塔 通信运营公司'),
  other('enterprise', 'railway-group', '铁路局集团', '国铁集团 铁路局 中国铁路'),
  other('enterprise', 'transport-investment', '交通投资集团', '交投集团 交投公司 交通集团'),
  other('enterprise', 'culture-tourism-group', '文旅集团', '文旅投资集团 文旅公司'),
  other('enterprise', 'property-group', '国有资本运营公司', '国投集团 国资公司 产投集团 产业投资集团 民生投资集团'),

  // Called as printed: full names that cities choose, organs of which only a part went into a successor, and what stands beside the organ of its row
  ...asPrinted('department', wordList(`房管局 房产局 住房保障局 住房管理局 房屋管理局 城建局 建委 住房保障和房产管理局 规划委 规划和自然资源委员会 规划和自然资源委 规自委 城管办 市容局 综合执法局
市政市容局 城市综合管理局 城管执法局 市政局 市政设施管理局 市政公用局 公用事业局 公用事业管理局 市政园林局 园林局 绿化局 公园城市局 公园城市建设管理局 林业局 林业草原局
林业园林局 园林和林业局 绿化和市容管理局 绿化市容局 安监局 安全监管局 安全生产监督管理局 经贸局 科工局 工业局 教体局 教育体育局 教育和体育局 派出所 公安派出所 辖区派出所 交管局
公安交管局 公安交通管理局 交通管理局 法制办 劳动保障局 人事局 交委 交运局 水利局 水利水务局 排水管理部门 供水部门 水行政主管部门 农委 商贸局
商务和投资促进局 旅游局 旅发委 文体局 文化广播电视和旅游局 文化体育和旅游局 文化主管部门 新闻出版局 质监局 食药监局 国资中心 政务服务和大数据管理局 政务服务管理局 政务服务局
政务服务数据管理局 政务服务和数据管理局 政务服务办 政数局 数据资源管理局 大数据局 大数据管理局 大数据发展管理局 大数据中心 大数据发展局 数据管理局 政务服务部门 政务局 行政审批局
行政审批服务局 行政审批和政务信息管理局 网络理政办 数字局 营商局 营商环境局 营商环境建设局 智慧治理中心 城市大脑运营中心 数字化城市管理中心 12345热线中心 市民服务热线中心
热线办 金融局 金融工作局 金融监管局 金融监管分局 银保监局 银保监会 金融管理部门 金融监管部门 地方金融工作局 招商局 招商投资局 经济合作局 经合局 投资促进委员会 投促委 合作交流办
招商部门 国防动员办 国防动员办公室 防震减灾局 地震中心 通信发展办 无线电管理局 邮政局 港务局 港航局 口岸办 口岸物流办 口岸和物流办公室 新经济局 城市更新中心 旧改办 棚改办
住房和城市更新局 城市更新和土地整备局 档案馆 城建档案馆 城市建设档案馆 机关事务服务中心 综合执法部门 行政执法部门 执法部门 信访办 发展研究中心 政研室 粮储局 经济贸易委员会 防汛办
防汛抗旱办 三防办 三防指挥部 三防指挥部办公室 重点办 重大项目办 重点项目办 项目办 重大项目办公室 项目推进中心 征收办 拆迁办 征迁办 征收中心 房屋征收中心 征迁中心 消协 交安委
交安办 交安委办 防灾减灾救灾委员会
城市更新办公室 城市更新办 更新办 林业部门 园林部门 市政部门 城建部门 住房保障部门 水利部门 水务厅 地方金融局 地方金融管理局`)),
  ...asPrinted('department', join('住房建设 建设 城乡建设 建设管理 住房城乡建设管理 建设和管理', '局 委 委员会')),
  ...asPrinted('department', join('规划国土 国土规划', '局 委 委员会')),
  ...asPrinted('department', join('文化 文体旅游 文广旅 文化广电旅游 文化广电和旅游 文广旅体 文化体育旅游 文体广电旅游', '厅 局 委')),
  ...asPrinted('department', join('交通 农业', '委 委员会')),
  ...asPrinted('party', wordList(`委机要局 国家保密局 保密局 委巡视办 巡察机构 委巡察机构 委巡察组 地方志办 地方志办公室 史志办 方志办 委史志办 委农工办 港澳办 侨办 扫黑办 扫黑除恶办 纪检监察机关 纪检监察部门
纪检组 纪委机关 政法部门 政法机关 编制部门 行政学院 督查室 委政府督查室 督查办 委督查办 督查考核办 委督考办 督考办 绩效办 绩效考核办 考核办 台湾事务办公室 委常委会`)),
  ...asPrinted('congress', wordList('人大城建环资委 人大环资委 人大及其常委会 人大和人大常委会 人民代表大会及其常务委员会')),
  ...asPrinted('government', wordList('政府党组')),
  ...asPrinted('court', wordList('审判机关 检察机关')),
  ...asPrinted('organisation', wordList(`人民团体 工会组织 共青团组织 村(居)委会 村（居）委会 村居委会 村（居）民委员会 村(居)民委员会 慈善会 慈善协会 社科联 物管会 物业管理委员会 村居 社区党支部 社区党委 基层党组织 村党组织`)),
];
