package io.kernos.master.store;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Names of what is in a store's folder, and how a generation goes. */
final class StoreFolder {
    private static final String GENERATION_PREFIX = "generation-";
    private static final String GONE_PREFIX = "gone-";

    private StoreFolder() {}

    static Path generation(Path store, long number) {
        return store.resolve(GENERATION_PREFIX + number);
    }

    /** The highest number that a generation in the folder has, or 0. */
    static long highestGeneration(Path store) throws IOException {
        long highest = 0;
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(store, GENERATION_PREFIX + "*")) {
            for (Path folder : folders) {
                highest = Math.max(highest, number(folder));
            }
        }
        return highest;
    }

    private static long number(Path folder) {
        String number = folder.getFileName().toString().substring(GENERATION_PREFIX.length());
        return number.matches("[0-9]{1,18}") ? Long.parseLong(number) : 0;
    }

    /** Removes all generations but one. Each is renamed first, so that no reader finds half of it. */
    static void removeOthers(Path store, long keep) throws IOException {
        removeGone(store);
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(store, GENERATION_PREFIX + "*")) {
            for (Path folder : folders) {
                if (number(folder) != keep) {
                    Files.move(folder, store.resolve(GONE_PREFIX + folder.getFileName()));
                }
            }
        }
        removeGone(store);
    }

    private static void removeGone(Path store) throws IOException {
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(store, GONE_PREFIX + "*")) {
            for (Path folder : folders) {
                remove(folder);
            }
        }
    }

    private static void remove(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
                for (Path file : files) {
                    Files.delete(file);
                }
            }
        }
        Files.delete(folder);
    }
}
