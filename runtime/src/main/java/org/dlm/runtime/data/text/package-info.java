/** Text as examples: characters, words or byte pairs, in windows. */
package org.dlm.runtime.data.text;
