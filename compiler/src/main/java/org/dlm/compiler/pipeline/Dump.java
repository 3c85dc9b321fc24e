package org.dlm.compiler.pipeline;

/** What one stage made of one subject (a file for {@link Stage#AST}, else a model or optimizer), as text. */
public record Dump(Stage stage, String subject, String text) {}
