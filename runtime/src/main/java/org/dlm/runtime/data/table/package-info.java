/** Tables of numbers as examples. */
package org.dlm.runtime.data.table;
