package dev.ingestkit.proof.browser;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;

/** Pictures beside and below each other, and files of few colors, which are small. */
final class PictureSheet {

    private static final int GAP = 16;
    private static final Color GROUND = new Color(0x8A, 0x93, 0xA3);
    private static final int MAX_COLORS = 64;
    private static final int MIN_DISTANCE = 60;

    private PictureSheet() {}

    /** Returns rows of pictures as one picture. */
    static BufferedImage of(List<List<BufferedImage>> rows) {
        int width = rows.stream().mapToInt(PictureSheet::width).max().orElse(0);
        int height = rows.stream().mapToInt(row -> height(row) + GAP).sum() + GAP;
        BufferedImage sheet = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = sheet.createGraphics();
        graphics.setColor(GROUND);
        graphics.fillRect(0, 0, width, height);
        int top = GAP;
        for (List<BufferedImage> row : rows) {
            int left = GAP;
            for (BufferedImage picture : row) {
                graphics.drawImage(picture, left, top, null);
                left += picture.getWidth() + GAP;
            }
            top += height(row) + GAP;
        }
        graphics.dispose();
        return sheet;
    }

    private static int width(List<BufferedImage> row) {
        return row.stream().mapToInt(picture -> picture.getWidth() + GAP).sum() + GAP;
    }

    private static int height(List<BufferedImage> row) {
        return row.stream().mapToInt(BufferedImage::getHeight).max().orElse(0);
    }

    /** Writes a PNG file with the picture's most frequent distinct colors; each other pixel has the nearest of these. */
    static void write(BufferedImage picture, Path file) throws IOException {
        int width = picture.getWidth();
        int height = picture.getHeight();
        int[] pixels = picture.getRGB(0, 0, width, height, null, 0, width);
        int[] palette = palette(pixels);
        Map<Integer, Integer> indexes = new HashMap<>();
        byte[] indexed = new byte[pixels.length];
        for (int pixel = 0; pixel < pixels.length; pixel++) {
            indexed[pixel] = (byte) (int) indexes.computeIfAbsent(pixels[pixel], color -> nearest(color, palette));
        }
        IndexColorModel colors = new IndexColorModel(8, palette.length, palette, 0, false, -1, DataBuffer.TYPE_BYTE);
        BufferedImage small = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_INDEXED, colors);
        small.getRaster().setDataElements(0, 0, width, height, indexed);
        ImageIO.write(small, "png", file.toFile());
    }

    private static int[] palette(int[] pixels) {
        Map<Integer, Integer> counts = new HashMap<>();
        for (int pixel : pixels) {
            counts.merge(pixel, 1, Integer::sum);
        }
        List<Integer> frequent = counts.entrySet().stream()
                .sorted(Map.Entry.<Integer, Integer>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .map(Map.Entry::getKey)
                .toList();
        List<Integer> palette = new ArrayList<>();
        for (int color : frequent) {
            // A rare color such as a dot's is kept, since shades of a frequent one do not take its place.
            if (palette.size() < MAX_COLORS
                    && palette.stream().allMatch(known -> distance(known, color) > MIN_DISTANCE)) {
                palette.add(color);
            }
        }
        return palette.stream().mapToInt(Integer::intValue).toArray();
    }

    private static int nearest(int color, int[] palette) {
        int best = 0;
        int least = Integer.MAX_VALUE;
        for (int index = 0; index < palette.length; index++) {
            int distance = distance(color, palette[index]);
            if (distance < least) {
                least = distance;
                best = index;
            }
        }
        return best;
    }

    private static int distance(int one, int other) {
        int red = (one >> 16 & 0xFF) - (other >> 16 & 0xFF);
        int green = (one >> 8 & 0xFF) - (other >> 8 & 0xFF);
        int blue = (one & 0xFF) - (other & 0xFF);
        return red * red + green * green + blue * blue;
    }
}
