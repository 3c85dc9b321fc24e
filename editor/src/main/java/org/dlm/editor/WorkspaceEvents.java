package org.dlm.editor;

import org.eclipse.lsp4j.DidChangeConfigurationParams;
import org.eclipse.lsp4j.DidChangeWatchedFilesParams;
import org.eclipse.lsp4j.services.WorkspaceService;

/** What happens beside the open texts. */
final class WorkspaceEvents implements WorkspaceService {
  private final Analyst analyst;

  WorkspaceEvents(Analyst analyst) {
    this.analyst = analyst;
  }

  @Override
  public void didChangeConfiguration(DidChangeConfigurationParams params) {
    // there is nothing to configure
  }

  @Override
  public void didChangeWatchedFiles(DidChangeWatchedFilesParams params) {
    analyst.everythingChanged();
  }
}
