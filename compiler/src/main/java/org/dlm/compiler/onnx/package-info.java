/** A function for inference as an ONNX file: what each op is called there, and the bytes. */
package org.dlm.compiler.onnx;
