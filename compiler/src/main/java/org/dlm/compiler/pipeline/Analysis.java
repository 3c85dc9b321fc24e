package org.dlm.compiler.pipeline;

import java.util.List;
import org.dlm.compiler.model.Sightings;
import org.dlm.compiler.syntax.Syntax;

/**
 * What an editor wants to know of a text, whether it is right or not.
 *
 * @param files the trees of the given texts, in their order
 * @param libraries the trees of what they import
 */
public record Analysis(Result result, List<Syntax.File> files, List<Syntax.File> libraries, Sightings sightings) {
  public Analysis {
    files = List.copyOf(files);
    libraries = List.copyOf(libraries);
  }
}
