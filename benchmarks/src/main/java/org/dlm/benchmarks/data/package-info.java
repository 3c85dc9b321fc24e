/** How fast examples come. */
package org.dlm.benchmarks.data;
