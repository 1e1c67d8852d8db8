package io.kernos.cli;

import io.kernos.transport.IdleProfile;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads how threads idle, in letters of any case. */
final class IdleProfileName implements ITypeConverter<IdleProfile> {
    @Override
    public IdleProfile convert(String text) {
        for (IdleProfile profile : IdleProfile.values()) {
            if (profile.name().equalsIgnoreCase(text)) {
                return profile;
            }
        }
        throw new TypeConversionException("'" + text + "' is no idle profile: use eco, balanced or spin");
    }
}
