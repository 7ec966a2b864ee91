export async function placeTemplate(_folder: string): Promise<void> {}
