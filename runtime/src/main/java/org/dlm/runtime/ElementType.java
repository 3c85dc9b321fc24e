package org.dlm.runtime;

/** What a tensor is made of. */
public enum ElementType { F32, I32, BOOL }
