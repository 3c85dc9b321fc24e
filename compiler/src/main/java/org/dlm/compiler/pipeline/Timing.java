package org.dlm.compiler.pipeline;

/** How long a pass took. */
public record Timing(String pass, double milliseconds) {}
