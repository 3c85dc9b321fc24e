/** What examples are, where they come from, and how a thread makes mini-batches of them while the model computes. */
package org.dlm.runtime.data;
