package io.kernos.cli;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;

/** What is wrong with files and folders, in words. */
final class FileWords {
    private FileWords() {}

    /**
     * Why a file or folder could not be used.
     *
     * @param ex thrown by the attempt.
     * @return the reason, without names of classes.
     */
    static String of(IOException ex) {
        return switch (ex) {
            case AccessDeniedException denied -> "permission denied";
            case NoSuchFileException missing -> "there is no such file or folder";
            case NotDirectoryException file -> "it is not a folder";
            case FileAlreadyExistsException there -> "there is a file of this name";
            case FileSystemException other when other.getReason() != null -> other.getReason();
            default -> ex.getMessage();
        };
    }

    /**
     * Whose a file is.
     *
     * @param file to look at.
     * @return the owner's name, or who it is where that is not known.
     */
    static String owner(Path file) {
        try {
            return Files.getOwner(file).getName();
        } catch (IOException ex) {
            return "another user";
        }
    }
}
