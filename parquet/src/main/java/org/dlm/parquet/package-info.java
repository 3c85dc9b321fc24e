/** Parquet files as data sets: on the class path, {@code parquet:FILE} is one more kind of them. */
package org.dlm.parquet;
