package io.kernos.cli;

import picocli.CommandLine.IVersionProvider;

/** Says which version this is, as the jar has it. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        String version = Version.class.getPackage().getImplementationVersion();
        return new String[] {"kernos " + (version == null ? "(not from a jar)" : version)};
    }
}
