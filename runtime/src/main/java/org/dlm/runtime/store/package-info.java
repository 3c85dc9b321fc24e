/** How weights get to disk and back: safetensors files, checkpoints, and the numbers a parameter starts with. */
package org.dlm.runtime.store;
