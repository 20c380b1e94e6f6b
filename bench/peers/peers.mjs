export async function measurePeers() {
  return [];
}
