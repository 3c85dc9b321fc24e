/** The package where Hardwood, which reads Parquet, looks for Snappy: here in Java, without the native code. */
package org.xerial.snappy;
