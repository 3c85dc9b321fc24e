/** Kernels alone, under JMH; each benchmark has a test that proves its answers. */
package org.dlm.benchmarks.kernels;
