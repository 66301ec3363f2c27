import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readArch } from '../../arch/index.js';
import { buildNetwork, buildZooNetwork, networkTotals } from '../../workload/index.js';
import { surveyNetworks, type SurveyQuestion, type SurveySubject } from './survey.js';

const arch = readArch(readFileSync('arch/default.json', 'utf8'), 'arch/default.json');
const question: SurveyQuestion = { arch, mode: 'latency', bits: [16, 8, 4, 2] };
const subjects: SurveySubject[] = ['resnet20', 'svhn', 'mobilenet-v3-small', 'gpt2-decode:sequence=16'].map((name) => {
  const [zooName = '', sequence] = name.split(':sequence=');
  return {
    network: buildNetwork(buildZooNetwork(zooName, sequence === undefined ? {} : { sequence: Number(sequence) })),
  };
});

describe('a survey', () => {
  const { rows, focusBits, baselineBits } = surveyNetworks(question, subjects);

  it('has a row for each network and a point for each width, in the order asked', () => {
    expect(rows.map(({ name }) => name)).toEqual(subjects.map(({ network }) => network.name));
    for (const { points } of rows) expect(points.map(({ bits }) => bits)).toEqual([16, 8, 4, 2]);
    expect([baselineBits, focusBits]).toEqual([16, 4]);
  });

  it('splits the time of every point into parts that make up all of it', () => {
    for (const { points } of rows) {
      for (const { speedup, parts } of points) {
        const sum = Object.values(parts).reduce((total, part) => total + part, 0);
        expect(1 + sum).toBeCloseTo(speedup.factors.peak / speedup.value, 12);
      }
    }
  });

  it('finds nothing to gain or lose in the baseline itself', () => {
    for (const { points } of rows) {
      expect(points[0]!.speedup.value).toBe(1);
      expect(Object.values(points[0]!.parts)).toEqual([0, 0, 0, 0, 0]);
    }
  });

  it('finds edges where they are wider, groups where there are any', () => {
    const [resnet20, , mobilenet] = rows.map((row) => row.points[2]!);
    expect(resnet20!.result.precision.edgeBits).toBe(8);
    expect(resnet20!.parts.edges).toBeGreaterThan(0);
    expect(resnet20!.parts.groups).toBe(0);
    expect(mobilenet!.parts.groups).toBeGreaterThan(0.1);
    const [same] = surveyNetworks({ ...question, edgeBits: 'same', bits: [4] }, subjects.slice(0, 1)).rows;
    expect(same!.points[0]!.parts.edges).toBe(0);
    expect(same!.points[0]!.speedup.value).toBeGreaterThan(resnet20!.speedup.value);
  });

  it('counts what is learnt beside the weights where it is told', () => {
    const [subject] = subjects;
    const { weightElements } = networkTotals(subject!.network);
    const survey = surveyNetworks({ ...question, bits: [8] }, [{ ...subject!, otherParameters: 1386 }]);
    expect(survey.rows[0]!.parameters).toBe(weightElements + 1386);
    expect(rows[0]!.parameters).toBe(weightElements);
  });

  it('tells how far it is, and refuses nothing to do', () => {
    const heard: string[] = [];
    surveyNetworks({ ...question, bits: [8] }, subjects.slice(0, 2), (done, all) => heard.push(`${done}/${all}`));
    expect(heard).toEqual(['0/2', '1/2', '2/2']);
    expect(() => surveyNetworks(question, [])).toThrow(/workloads: at least one network is needed/);
    expect(() => surveyNetworks({ ...question, bits: [] }, subjects)).toThrow(/bits: at least one precision is needed/);
  });
});
