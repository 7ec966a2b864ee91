/** The compiled kernels of the sweeps (kernels/sweeps.ts) over a memory. */
import { SWEEP_KERNEL_CODE } from './sweep-kernel-code.ts';

/** What the module exports; addresses are bytes into the memory. All sizes and node numbers have been checked before. */
export interface SweepKernel {
  cellBall(context: number, nodes: number, costs: number, count: number): number;
  leaveCell(context: number): void;
  reachCell(context: number, plan: number, from: number, to: number): number;
}

let compiled: WebAssembly.Module | null | undefined;

/** The module, or undefined where the host has no WebAssembly with SIMD and shared memory. */
function findModule(): WebAssembly.Module | undefined {
  if (compiled === undefined) {
    try {
      const text = atob(SWEEP_KERNEL_CODE);
      compiled = new WebAssembly.Module(Uint8Array.from({ length: text.length }, (_, i) => text.charCodeAt(i)));
    } catch {
      compiled = null;
    }
  }
  return compiled ?? undefined;
}

/** Whether kernels can run here; elsewhere their twins give the same results. */
export function hasSweepKernel(): boolean {
  return findModule() !== undefined;
}

/** @throws Error where the host cannot run it; ask hasSweepKernel first */
export function openSweepKernel(memory: WebAssembly.Memory): SweepKernel {
  const module = findModule();
  if (module === undefined) throw new Error('this host has no WebAssembly with SIMD and shared memory');
  return new WebAssembly.Instance(module, { env: { memory } }).exports as unknown as SweepKernel;
}
