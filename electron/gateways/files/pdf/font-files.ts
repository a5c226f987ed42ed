/** The fonts of a report, by the packages that bring them (docs/formats/pdf.md); the build ships these files. */
export const FONT_FILES = {
  sans: '@embedpdf/fonts-latin/fonts/NotoSans-Regular.ttf',
  strong: '@embedpdf/fonts-latin/fonts/NotoSans-SemiBold.ttf',
  mono: '@expo-google-fonts/jetbrains-mono/400Regular/JetBrainsMono_400Regular.ttf',
  hebrew: '@embedpdf/fonts-hebrew/fonts/NotoSansHebrew-Regular.ttf',
  'hebrew-strong': '@embedpdf/fonts-hebrew/fonts/NotoSansHebrew-Bold.ttf',
  arabic: '@embedpdf/fonts-arabic/fonts/NotoNaskhArabic-Regular.ttf',
  'arabic-strong': '@embedpdf/fonts-arabic/fonts/NotoNaskhArabic-Bold.ttf',
  han: '@librescore/fonts/SourceHanSansCN.min.woff2',
  hangul: '@librescore/fonts/SourceHanSansKR.min.woff2',
} as const;
