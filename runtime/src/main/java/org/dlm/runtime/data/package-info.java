/** Where examples come from: the embedded digits, IDX and CSV files; and how they become mini-batches. */
package org.dlm.runtime.data;
