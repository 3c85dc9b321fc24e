/**
 * The shared inner loops that generated code calls: the contraction engine and the thread pool. Few and fixed, with
 * sizes as arguments, so that the just-in-time compiler has little to compile before a model runs at full speed.
 */
package org.dlm.runtime.kernel;
