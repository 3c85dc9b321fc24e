/** A trained model in use: pictures to classes, text that goes on. */
package org.dlm.runtime.predict;
