/** The model suite beside its peers. */
package org.dlm.benchmarks;
