package main

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"hash/crc32"
)

// File is a file of the container, in its order.
type File struct {
	Name    string
	Content []byte
}

const max32 = 0xffffffff
const max16 = 0xffff

// readContainer lists the files; a code says why it is refused. archive/zip finds the files; that the container has no
// other form than the one that a writer gives these files is seen by writing it once more.
func readContainer(whole []byte) ([]File, string) {
	reader, err := zip.NewReader(bytes.NewReader(whole), int64(len(whole)))
	if err != nil && reader == nil {
		return nil, "CONTAINER"
	}
	var files []File
	for _, entry := range reader.File {
		offset, err := entry.DataOffset()
		size := int64(entry.UncompressedSize64)
		if err != nil || entry.Method != zip.Store || size < 0 || offset < 0 || offset > int64(len(whole))-size {
			return nil, "CONTAINER"
		}
		files = append(files, File{entry.Name, whole[offset : offset+size]})
	}
	if !bytes.Equal(writeContainer(files), whole) {
		return nil, "CONTAINER"
	}
	return files, ""
}

func writeContainer(files []File) []byte {
	var out, directory bytes.Buffer
	for _, file := range files {
		at, size, crc := uint64(out.Len()), uint64(len(file.Content)), crc32.ChecksumIEEE(file.Content)
		put(&out, u32(0x04034b50), u16(20), u16(0x0808), u16(0), u16(0), u16(0x21), u32(0), u32(0), u32(0),
			u16(len(file.Name)), u16(0), []byte(file.Name), file.Content, u32(0x08074b50), u32(crc))
		if size >= max32 {
			put(&out, u64(size), u64(size))
		} else {
			put(&out, u32(size), u32(size))
		}
		version, shownSize, shownAt, extra := uint16(20), size, at, []byte{}
		if size >= max32 || at >= max32 {
			version, shownSize, shownAt = 45, max32, max32
			extra = bytes.Join([][]byte{u16(1), u16(24), u64(size), u64(size), u64(at)}, nil)
		}
		put(&directory, u32(0x02014b50), u16(0x300+version), u16(version), u16(0x0808), u16(0), u16(0), u16(0x21), u32(crc),
			u32(shownSize), u32(shownSize), u16(len(file.Name)), u16(len(extra)), u16(0), u16(0), u16(0), u32(0x81a40000),
			u32(shownAt), []byte(file.Name), extra)
	}
	entries, at, size := uint64(len(files)), uint64(out.Len()), uint64(directory.Len())
	out.Write(directory.Bytes())
	if entries >= max16 || at >= max32 || size >= max32 {
		put(&out, u32(0x06064b50), u64(uint64(44)), u16(0x32d), u16(45), u32(0), u32(0), u64(entries), u64(entries), u64(size), u64(at),
			u32(0x07064b50), u32(0), u64(at+size), u32(1))
		entries, at, size = max16, max32, max32
	}
	put(&out, u32(0x06054b50), u16(0), u16(0), u16(entries), u16(entries), u32(size), u32(at), u16(0))
	return out.Bytes()
}

type number interface {
	~int | ~uint16 | ~uint32 | ~uint64
}

func u16[N number](n N) []byte { return binary.LittleEndian.AppendUint16(nil, uint16(n)) }
func u32[N number](n N) []byte { return binary.LittleEndian.AppendUint32(nil, uint32(n)) }
func u64(n uint64) []byte      { return binary.LittleEndian.AppendUint64(nil, n) }

func put(out *bytes.Buffer, parts ...[]byte) {
	for _, part := range parts {
		out.Write(part)
	}
}
