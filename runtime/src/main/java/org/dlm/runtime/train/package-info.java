/** How a model learns: the loop over epochs and batches, its progress, its evaluation, its checkpoints. */
package org.dlm.runtime.train;
