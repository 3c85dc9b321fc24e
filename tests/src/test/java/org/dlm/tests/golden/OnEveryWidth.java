package org.dlm.tests.golden;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

/** Tests of generated code: run on the machine's own vectors, on narrower ones, and without vectors. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Tag("lanes")
@ExtendWith(NarrowerWidths.class)
@interface OnEveryWidth {}
