package org.dlm.compiler.pipeline;

/** A Java source file: where it belongs below the output folder ({@code vision/Mnist.java}) and its text. */
public record GeneratedFile(String relativePath, String text) {}
