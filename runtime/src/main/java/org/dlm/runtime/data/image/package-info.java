/** Images as examples: IDX files, the embedded digits, folders of pictures. */
package org.dlm.runtime.data.image;
